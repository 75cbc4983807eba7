// The map that can be moved, in the place of the drawn one; the list beneath stays as it is.
(() => {
  const box = document.querySelector("[data-map]");
  if (!box || !window.L) return;
  const words = box.dataset;

  const element = (name, text, more = {}) => {
    const made = Object.assign(document.createElement(name), more);
    made.textContent = text;
    return made;
  };

  const link = (text, url) => (url ? element("a", text, { href: url }) : element("span", text));

  const popup = (title, lines) => {
    const sheet = document.createElement("div");
    sheet.append(element("strong", title));
    for (const line of lines) {
      const row = document.createElement("div");
      row.append(line);
      sheet.append(row);
    }
    return sheet;
  };

  const village = (feature, place) => {
    const told = feature.properties;
    const pin = document.createElement("div");
    pin.append(
      element("b", told.village),
      element("span", `${told.households} · ${told.cases}`),
    );
    const icon = L.divIcon({ className: "map-pin", html: pin, iconSize: [44, 50], iconAnchor: [22, 17] });
    const said = `${told.name}: ${words.households} ${told.households}, ${words.cases} ${told.cases}`;
    return L.marker(place, { icon, title: said, alt: said, riseOnHover: true }).bindPopup(
      popup(told.name, [
        link(`${words.households} ${told.households}`, told.households_url),
        link(`${words.cases} ${told.cases}`, told.cases_url),
      ]),
    );
  };

  const house = (feature, place) => {
    const told = feature.properties;
    const chosen = told.kind === "chosen";
    const icon = L.divIcon({ className: chosen ? "map-house is-chosen" : "map-house", html: chosen ? "★" : "", iconSize: [18, 18] });
    return L.marker(place, { icon, title: told.address, alt: told.address, zIndexOffset: chosen ? 1000 : 0 }).bindPopup(
      popup(told.address, [link(words.open, told.url)]),
    );
  };

  const draw = (data) => {
    const stage = document.createElement("div");
    stage.className = "map-stage";
    box.replaceChildren(stage);
    const map = L.map(stage, { scrollWheelZoom: false, attributionControl: false, zoomSnap: 0.1, maxZoom: 19 });
    map.on("focus", () => map.scrollWheelZoom.enable());
    if (data.tiles.address) {
      L.tileLayer(data.tiles.address, { maxZoom: 19 }).addTo(map);
      L.control.attribution({ prefix: false }).addAttribution(
        element("span", data.tiles.credit).innerHTML,
      ).addTo(map);
    }
    const of = (...kinds) => ({
      type: "FeatureCollection",
      features: data.features.filter((one) => kinds.includes(one.properties.kind)),
    });
    const cells = L.geoJSON(of("cell"), {
      interactive: false,
      style: (one) => ({ stroke: false, fillColor: one.properties.colour, fillOpacity: data.tiles.address ? 0.55 : 0.9 }),
    }).addTo(map);
    const houses = L.geoJSON(of("chosen", "house"), { pointToLayer: house }).addTo(map);
    const villages = L.geoJSON(of(houses.getLayers().length ? "" : "village"), { pointToLayer: village }).addTo(map);
    const shown = houses.getLayers().length ? houses : L.featureGroup([cells, villages]);
    map.fitBounds(shown.getBounds().pad(0.04), { maxZoom: 17 });
    const scale = L.control.scale({ imperial: false });
    scale._updateMetric = (most) => {
      const metres = scale._getRoundNum(most);
      const said = metres < 1000 ? words.m.replace("{n}", metres) : words.km.replace("{n}", metres / 1000);
      scale._updateScale(scale._mScale, said, metres / most);
    };
    scale.addTo(map);
    const names = { ".leaflet-control-zoom-in": words.nearer, ".leaflet-control-zoom-out": words.farther };
    for (const [selector, name] of Object.entries(names)) {
      const button = stage.querySelector(selector);
      button.title = name;
      button.setAttribute("aria-label", name);
    }
    stage.setAttribute("role", "region");
    stage.setAttribute("aria-label", words.label);
  };

  fetch(words.map, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((data) => data.features.length && draw(data))
    .catch(() => {}); // the drawn map stays
})();
