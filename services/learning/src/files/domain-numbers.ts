const maximumDomains = 256;

/** Numbers of the domains: those asked for, or all as they come. */
export class DomainNumbers {
  readonly names: string[];
  readonly #numbers: Map<string, number>;
  readonly #isOpen: boolean;

  constructor(wanted: readonly string[] | undefined) {
    this.names = [...(wanted ?? [])];
    this.#numbers = new Map(this.names.map((name, number) => [name, number]));
    this.#isOpen = wanted === undefined;
  }

  /** Undefined for a domain that was not asked for. */
  numberOf(name: string): number | undefined {
    const known = this.#numbers.get(name);
    if (known !== undefined || !this.#isOpen) return known;
    if (this.names.length === maximumDomains) {
      throw new RangeError(`the data has more than ${maximumDomains} domains: choose some`);
    }
    this.#numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}
