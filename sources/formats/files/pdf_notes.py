"""What a reading of a PDF tells a person first: that its pages are pictures, or why it could not be read."""

LOCKED = "This PDF opens only with a password, which we do not ask for."
BROKEN = "This PDF is damaged or cut short: pdfium could not open it."
SCANNED = "The pages of this PDF are pictures, such as scans: the file holds no text."
EMPTY = "The pages of this PDF hold no text."
LAYERED = (
    "The pages are pictures, and a program has recognized their text: compare it with the page before you quote it."
)
IN_PART = "Only the first {n} pages of this file were read: reading more would take too long."
