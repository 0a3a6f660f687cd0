import { renderUnicodeCompact } from 'uqr';

/** A QR code of an address, as lines of text for a terminal, to be scanned by a tablet. */
export const terminalQr = (url: string): string => renderUnicodeCompact(url, { border: 2 });
