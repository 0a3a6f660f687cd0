export type Lang = 'zh' | 'en';

type NameIn<Hole extends string> = Hole extends `${infer Name}#${string}` ? Name : Hole;

/** The parameter names of one template: `'{n} 分'` has `n`. */
export type ParamsIn<Template extends string> = Template extends `${string}{${infer Hole}}${infer Rest}`
  ? NameIn<Hole> | ParamsIn<Rest>
  : never;

export type WordList = Readonly<Record<string, string>>;

/** Another language's words for the same keys. That the parameters agree is held by `text.test.ts`. */
export type WordsLike<Words extends WordList> = { readonly [Key in keyof Words]: string };

type Values<Template extends string> = [ParamsIn<Template>] extends [never]
  ? []
  : [values: Readonly<Record<ParamsIn<Template>, string | number>>];

/** `t('strip.working', { n: 3 })` → "待发 3 · 正在发". Keys and parameters are checked by the compiler. */
export type Text<Words extends WordList> = <Key extends keyof Words & string>(
  key: Key,
  ...values: Values<Words[Key]>
) => string;

/** A text function over the words of one language; the types come from the Chinese list, which is the first. */
export function createText<Words extends WordList>(words: WordsLike<Words>): Text<Words> {
  return (key, ...[values]) => fill(words[key], values ?? {});
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g, (hole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (one === undefined || many === undefined) return String(value);
    return Number(value) === 1 ? one : many;
  });
}
