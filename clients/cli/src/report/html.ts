/** Markup that is safe to put into a page as it is. Made by {@link html} only. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | bigint | Markup | undefined | readonly Value[];

/** A template tag: the literal parts are markup, every value is escaped unless it is markup itself. Lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => part + text(values[index])).join(''));
}

function text(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(text).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
