import type { Plugin } from 'vite';

/**
 * Lets the page ask for the words it begins with together with its code, instead of after it. `module`: the end of the
 * path of the words' module; `page`: the html file.
 */
export function wordsAhead(page: string, module: string): Plugin {
  return {
    name: 'words-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, filename }) {
        if (!filename.endsWith(page)) return html;
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === 'chunk');
        const words = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        if (!words) throw new Error(`no chunk of ${module}: ${page} cannot ask for it ahead`);
        const files = [words.fileName, ...words.imports].filter((file) => !html.includes(file));
        return files.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }));
      },
    },
  };
}
