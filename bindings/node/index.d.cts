/**
 * `crm-core`: the part of an insurer's customer system that has to be right.
 *
 * What comes back is frozen. Decimals and dates come back as branded strings, exact to the last digit; a JavaScript
 * number never holds an amount. Everything that is refused is thrown as a {@link CrmError}.
 */

declare const brand: unique symbol;

/** A string of a known kind. Plain strings are not assignable to it; it is assignable to a plain string. */
export type Branded<Kind extends string> = string & { readonly [brand]: Kind };

/** An exact decimal in its canonical form, such as `"12.30"`. */
export type DecimalString = Branded<'Decimal'>;

/** A day, `"YYYY-MM-DD"`. */
export type DateString = Branded<'Date'>;

/**
 * An exact decimal on its way in: digits with an optional sign and point, such as `"-12.30"`. Numbers are refused even
 * when they are whole, because JavaScript can't tell `12.0` from `12`, nor hold `0.1`.
 */
export type DecimalInput = DecimalString | string;

/** A day on its way in: `"YYYY-MM-DD"` without a time. A JavaScript `Date` is an instant and is refused. */
export type DateInput = DateString | string;

/** A single value whose type is declared elsewhere; decimals and dates as text. */
export type Scalar = string | number | boolean;

/** A single value that says its type. */
export type Value =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'decimal'; readonly value: DecimalString }
  | { readonly kind: 'date'; readonly value: DateString }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** One thing that is wrong: where, what, and what to do about it. */
export interface Fault {
  /** The permanent code, e.g. `wire.decimal.expected`. */
  readonly code: string;
  /** A JSON pointer into the first argument in canonical (snake_case) names, e.g. `/rules/2/valid_from`. */
  readonly path: string;
  /** What the sentence mentions: limits, positions, names. Never a value that was handed in. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The sentence in English and in Chinese (简体中文). */
  readonly text: { readonly en: string; readonly zh: string };
}

/**
 * A refusal 拒绝. The message is the English sentence; `code`, `path` and `params` are those of the first fault.
 *
 * ```ts
 * try {
 *   decimal(12.3);
 * } catch (error) {
 *   if (error instanceof CrmError) console.log(error.code); // wire.decimal.expected
 * }
 * ```
 */
export declare class CrmError extends Error {
  private constructor();
  /** The permanent code of the first fault. */
  readonly code: string;
  /** Where the first fault is. */
  readonly path: string;
  /** The params of the first fault. */
  readonly params: Readonly<Record<string, string | number>>;
  /** Every fault, in the order of the record. */
  readonly faults: readonly Fault[];
  /**
   * The sentence of the first fault.
   *
   * @param lang a language tag; everything that starts with `zh` is Chinese, everything else English
   */
  text(lang?: string): string;
}

/**
 * Reads an exact decimal and gives it back in its canonical form.
 *
 * @throws {CrmError} `wire.decimal.expected`, `wire.decimal.invalid`, `wire.decimal.range`
 */
export declare function decimal(text: string): DecimalString;

/**
 * Reads a day.
 *
 * @throws {CrmError} `wire.date.expected`, `calendar.date.invalid`
 */
export declare function date(text: string): DateString;

export * from './generated/api.cjs';
