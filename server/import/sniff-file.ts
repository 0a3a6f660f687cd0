import type { ImportFault } from '#shared/api/import-fault.ts';

/** Looks at a file's first bytes: null if it may be CSV in UTF-8, else what it is. */
export function sniffFile(head: Uint8Array): ImportFault | null {
  if (head.length === 0) return { code: 'fileEmpty' };
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (known) return { code: known.is };
  // Text has no NUL; UTF-16 without its mark has one in every other byte.
  return head.includes(0) ? { code: 'binary' } : null;
}

const SIGNATURES = [
  // Any zip archive; most likely an Excel workbook with another name.
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: 'xlsx' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: 'xls' },
  { bytes: [0xff, 0xfe], is: 'wideUtf' },
  { bytes: [0xfe, 0xff], is: 'wideUtf' },
  { bytes: [0x1f, 0x8b], is: 'gzip' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'pdf' },
] as const;

/** That bytes are not UTF-8, and which encodings they could be in. */
export const notUtf8 = (bytes: Uint8Array): ImportFault => ({
  code: 'encoding',
  looksLike: LEGACY.filter((name) => decodes(bytes, name)),
});

const LEGACY = ['gb18030', 'big5'] as const;

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
