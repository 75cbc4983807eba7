"""Thai that PDF makers spoil: 200 strings, more than half of them made by rule.

Every tone over every tall consonant and over the vowels that stand above, ำ with every tone, the
consonants that lose their foot before a vowel below, the letters with shapes of their own, digits
of both kinds, and Latin in the midst of it.
"""

TONES = "่้๊๋"
TALL = "ปฝฟฬ"
FOOTED = "ญฐ"

_TALL_WITH_TONES = [f"{letter}{tone}า" for letter in TALL for tone in TONES]
_TALL_WITH_VOWEL_AND_TONE = [
    f"{letter}{vowel}{tone}" for letter in TALL for vowel in "ิีึืั" for tone in TONES
]
_TALL_WITH_OTHERS = [f"{letter}{mark}น" for letter in TALL for mark in ("็", "์", "ั", "ิ", "ี")]
_SARA_AM = [f"{letter}{tone}ำ" for letter in "กนปฝฟรลฐญ" for tone in ("", *TONES)]
_FOOTED = [f"{letter}{vowel}{tone}" for letter in FOOTED for vowel in "ฺุู" for tone in ("", "่", "้")]
_LOW = [f"{letter}{vowel}" for letter in "ฎฏ" for vowel in "ุู"]

_WORDS = (
    "น้ำค้าง", "ค่ำคืน", "ทำนา มาตรา", "ตำบลอุโมงค์", "ลำพูน", "ปั๊มน้ำ", "ปี่ ปู่ ป้า", "ฝั่ง ฝ้าย ฟ้า",
    "ฟื้นฟู ปิ่นเพชร", "กตัญญู วิญญูชน", "ฐานะ วุฒิ", "ปฏิบัติ ชฎา ปรากฏ", "ฤดู ฤๅษี ฦๅ ฤทธิ์", "เด็ก ๆ ต่าง ๆ",
    "กรุงเทพฯ ฯลฯ", "ศักดิ์ สงเคราะห์", "พุทธฺ ธมฺม", "๑๒๓๔๕๖๗๘๙๐", "๑,๒๓๔.๕๐ บาท", "฿๑๐๐ ๚ ๛",
    "UM70-000123-7 คำร้อง", "Sarabun (สารบรรณ) 10.5 pt", "โทร. 053-983234 ต่อ ๑๒", "12/3 หมู่ที่ ๑๑",
    "เก๋ไก๋ แก๊ง ใกล้", "เปลื้อง เยื้อง", "ณัฐพงษ์ ณัฐพงศ์", "โอษฐ์ ราษฎร์ สัปดาห์", "ฉํ นํ อํ", "อุ๊ย อื้อฮือ",
)  # fmt: skip

HARD_THAI: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *_TALL_WITH_TONES,
            *_TALL_WITH_VOWEL_AND_TONE,
            *_TALL_WITH_OTHERS,
            *_SARA_AM,
            *_FOOTED,
            *_LOW,
            *_WORDS,
        ]
    )
)
"""The list; a test holds it at 200 or more."""

LONGEST_NAME = "นางสาวกตัญญุตาภรณ์พิมพ์มาดา วุฒิปัญญารัตนวิโรจน์กุล"
"""About the longest real names there are."""

TEN_LINE_ADDRESS = "\n".join(
    (
        "อาคารชุดที่พักอาศัยผู้มีรายได้น้อยริมน้ำกวงเฉลิมพระเกียรติ อาคาร ๑๒ ชั้น ๑๐ ห้อง ๑๐๑๒/๓๔",
        "บ้านเลขที่ ๑๒๓/๔๕๖-๗ (บ้านเดิมของกำนันปิ่น ติดศาลพ่อปู่)",
        "หมู่ที่ ๑๑ บ้านแม่ร่องน้อย (บ้านริมกวง)",
        "ชุมชนร่วมใจพัฒนาสามัคคีธรรม ซอย ๑๙ แยก ๑๒ (ตรงข้ามร้านป้าฟุ้ง)",
        "ตรอกวัดป่าตึงฝั่งตะวันตก",
        "ถนนสายลำพูน–เชียงใหม่ (ต้นยางเดิม)",
        "ตำบลอุโมงค์",
        "อำเภอเมืองลำพูน",
        "จังหวัดลำพูน",
        "๕๑๑๕๐",
    )
)
