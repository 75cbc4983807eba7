// Reads PDFs as pdf.js (Firefox) does: a line of base64 in, a line of JSON out, the text of each page.
import { createInterface } from 'node:readline';

// Nothing is drawn here, so what drawing wants may be missing; it would be said on our output.
globalThis.DOMMatrix ??= class {};
console.log = () => {};
const { getDocument, VerbosityLevel } = await import(
  '../html/node_modules/pdfjs-dist/legacy/build/pdf.mjs'
);

for await (const line of createInterface({ input: process.stdin })) {
  const data = new Uint8Array(Buffer.from(line, 'base64'));
  const paper = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false })
    .promise;
  const pages = [];
  for (let number = 1; number <= paper.numPages; number += 1) {
    const { items } = await (await paper.getPage(number)).getTextContent();
    pages.push(items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''));
  }
  await paper.destroy();
  process.stdout.write(`${JSON.stringify(pages)}\n`);
}
