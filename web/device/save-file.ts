/** Hands a file over as a download, also without signal. The browser does not tell whether the person kept it. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // It has been read by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
