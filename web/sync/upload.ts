/**
 * Posts a first line and a file behind it, and tells each line of the answer as it comes. False: the server was not
 * reached, or it refused; the code of its refusal is told as a line of its own would be, through `refused`.
 */
export async function upload(
  path: string,
  { head, file }: { readonly head: object; readonly file: Blob },
  told: { readonly line: (line: unknown) => void; readonly refused: (problem: unknown) => void },
): Promise<boolean> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { accept: 'application/x-ndjson', 'relight-form': 'desk', 'content-type': 'application/octet-stream' },
      body: new Blob([`${JSON.stringify(head)}\n`, file]),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
    if (!answer.ok || !answer.body) {
      told.refused(await answer.json());
      return false;
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = '';
    for (;;) {
      const { done, value = '' } = await reader.read();
      const lines = `${held}${value}`.split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) if (line !== '') told.line(JSON.parse(line));
      if (done) return true;
    }
  } catch {
    // Not reached, or broken off: whoever counts the lines knows how far it came.
    return false;
  }
}
