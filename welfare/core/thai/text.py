"""What people type, brought into one form before it is checked or kept.

``pythainlp.util.normalize`` has the right rules for misplaced vowels, but it also folds spaces and
empty lines, so that a citizen's paragraphs run together, swallows visible letters ("ข้าาา"), drops
marks written after a space ("น ้ำ") and loads the tokeniser. The rules that only mend what
the eye cannot tell apart are written out here instead; the tests hold them against pythainlp's.
"""

import re
import unicodedata
from typing import Final

from welfare.core.thai.digits import to_arabic

_CONSONANTS: Final = "\u0e01-\u0e2e"
_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # all that stand above or below a consonant
_AFTER: Final = "\u0e30\u0e32\u0e33"  # ะ า ำ
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"
_TONES: Final = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
_BEFORE_VOWEL: Final = _TONES | {_NIKHAHIT}

#: Order in which marks follow their consonant: below, above, tone, silencer, nikhahit.
_RANK: Final = {
    mark: rank
    for rank, marks in enumerate(
        (
            "\u0e3a",
            "\u0e38\u0e39",
            "\u0e31\u0e34\u0e35\u0e36\u0e37",
            "\u0e47",
            "\u0e48\u0e49\u0e4a\u0e4b",
            "\u0e4c",
            "\u0e4d",
            "\u0e4e",
        )
    )
    for mark in marks
}

#: Shaped glyphs that old Thai fonts keep in the private area (text copied out of a PDF).
_PRIVATE: Final = dict(
    zip(
        range(0xF700, 0xF71B),
        "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ"
        "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufe00-\ufe0e"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_EMOJI: Final = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
#: A joiner or an emoji selector that joins or selects nothing.
_STRAY_JOINER: Final = re.compile(
    f"(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f)\u200d|\u200d(?![{_EMOJI}])"
    f"|(?<![{_EMOJI}0-9#*©®‼⁉™ℹ])\ufe0f"
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_SPLIT_MARK: Final = re.compile(f"(?<=[{_CONSONANTS}]) (?=[{_MARKS}])")
_DANGLING: Final = re.compile(f"(?:(?<=\\s)|^)[{_MARKS}]+")
_LAKKHANGYAO: Final = re.compile("(?<=[^\u0e24\u0e26])\u0e45")
#: After a consonant: the marks before the first vowel that follows, and all that comes after.
_CLUSTER: Final = re.compile(
    f"(?<=[{_CONSONANTS}])(?=[{_MARKS}{_AFTER}])([{_MARKS}]*)([{_MARKS}{_AFTER}]*)"
)
_REPEATED: Final = re.compile("([\u0e30-\u0e33\u0e40-\u0e44])\\1+")
#: Latin text, and Thai whose marks stand as they must: nothing in it is to be mended.
_WELL: Final = re.compile(
    "(?:[ -~\u0e2f\u0e3f\u0e46\u0e4f-\u0e5b\u0e41-\u0e44]|\u0e40(?!\u0e40)"
    f"|[{_CONSONANTS}][\u0e38\u0e39]?[\u0e31\u0e34-\u0e37]?\u0e47?[\u0e48-\u0e4b]?\u0e4c?"
    "(?:\u0e33|\u0e32?\u0e30?))*"
)


def clean(text: str) -> str:
    """The typed text as the program keeps it: NFC, one order of Thai marks, nothing invisible.

    Mends what looks right but is not (ํ+า is ำ, เเ is แ, a tone before its vowel, a mark typed
    twice), drops zero-width and bidirectional controls, NUL and the other controls but new line
    and tab, makes all line ends LF and all spaces plain ones, and trims. Words, paragraphs, emoji
    and repeated letters stay as typed. Never NFKC, which takes ำ apart. Idempotent.
    """
    return text.strip() if _WELL.fullmatch(text) else mended(text)


def mended(text: str) -> str:
    """:func:`clean` without the glance that nearly every text passes: all of its rules in turn."""
    text = text.translate(_PRIVATE)
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = _STRAY_JOINER.sub("", unicodedata.normalize("NFC", text))
    text = unicodedata.normalize("NFC", text)  # what the joiners kept apart
    text = _DANGLING.sub("", _SPLIT_MARK.sub("", text))
    text = _LAKKHANGYAO.sub(_AA, text.replace("\u0e40\u0e40", "\u0e41"))
    text = _CLUSTER.sub(_mend_cluster, text)
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """Like :func:`clean`, for a field of one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def search_key(text: str) -> str:
    """The form in which text is searched: for both the stored column and the query.

    Cleaned, lower case, Thai digits as Arabic, one space between words, no emoji joiners, and a
    vowel written several times over counted once.
    """
    folded = clean(to_arabic(clean(text)).casefold()).replace("\u200d", "").replace("\ufe0f", "")
    return " ".join(_REPEATED.sub(r"\1", folded).split())


def _mend_cluster(match: re.Match[str]) -> str:
    """Marks and vowels after one consonant in their order; tones never stand behind a vowel."""
    marks, rest = match.groups()
    marks += "".join(char for char in rest if char in _BEFORE_VOWEL)
    rest = "".join(char for char in rest if char not in _BEFORE_VOWEL)
    if _NIKHAHIT in marks and rest.startswith((_AA, _AM)):
        marks, rest = marks.replace(_NIKHAHIT, ""), _AM + rest[1:]
    return _order(marks) + rest


def _order(marks: str) -> str:
    """Each mark once, in writing order; of several tones the last one typed."""
    if len(marks) < 2:
        return marks
    tone = next((mark for mark in reversed(marks) if mark in _TONES), "")
    kept = {mark for mark in marks if mark not in _TONES or mark == tone}
    return "".join(sorted(kept, key=lambda mark: (_RANK[mark], mark)))
