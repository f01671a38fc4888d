import type { TimestampUnit } from './cells.js';

/** Which columns of an event file mean what. */
export interface EventColumns {
  readonly user: string;
  readonly item: string;
  /** Column that names the domain; '' where the whole file is of one domain. */
  readonly domain: string;
  /** '' where there is no time: the order of the rows stands for it. */
  readonly timestamp: string;
  readonly timestampUnit: TimestampUnit;
  /** Rating or weight; '' counts every event as 1. */
  readonly value: string;
}

/** Which columns of an item file mean what. */
export interface ItemColumns {
  readonly item: string;
  /** '' where the whole file is of one domain. */
  readonly domain: string;
  /** '' for none; of a column with several tokens the first is taken. */
  readonly category: string;
  /** Columns whose tokens describe the item. With more than one, each token carries its column, as in `genre:drama`. */
  readonly tokens: readonly string[];
  /** Columns of numbers, joined in this order. */
  readonly numbers: readonly string[];
}

/** A part of a column map: what is not given is taken by the customary name where the file has it. */
export type PartialColumns<T> = { readonly [K in keyof T]?: T[K] };
