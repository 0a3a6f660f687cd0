/** Looks at a file's first bytes: null if it may be CSV in UTF-8, else a sentence saying what it is and what to do. */
export function sniffFile(head: Uint8Array): string | null {
  if (head.length === 0) return 'the file is empty';
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (known) return known.says;
  // Text has no NUL; UTF-16 without its mark has one in every other byte.
  if (head.includes(0)) return `not text in UTF-8: it holds NUL bytes (UTF-16 or a binary file); ${SAVE_AS}`;
  return null;
}

const SAVE_AS = 'save it as “CSV UTF-8” and import that';

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly says: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    says: `a zip archive, most likely an Excel workbook (.xlsx) with another name, not CSV; ${SAVE_AS}`,
  },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], says: `an old Excel workbook (.xls), not CSV; ${SAVE_AS}` },
  { bytes: [0xff, 0xfe], says: `text in UTF-16, not UTF-8; ${SAVE_AS}` },
  { bytes: [0xfe, 0xff], says: `text in UTF-16, not UTF-8; ${SAVE_AS}` },
  { bytes: [0x1f, 0x8b], says: 'compressed with gzip; unpack it first' },
  { bytes: [0x25, 0x50, 0x44, 0x46], says: 'a PDF document, not CSV' },
];

/** Which encodings the bytes could be, for the hint beside “not UTF-8”. */
export function encodingHint(bytes: Uint8Array): string {
  const fits = LEGACY.filter((name) => decodes(bytes, name));
  return fits.length === 0
    ? 'damaged bytes'
    : `looks like ${fits.map((name) => LABELS[name]).join(' or ')}; ${SAVE_AS}`;
}

const LEGACY = ['gb18030', 'big5'] as const;
const LABELS = { gb18030: 'GBK/GB18030', big5: 'Big5' } as const;

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
