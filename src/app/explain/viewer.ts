/** Who asks, as far as a site's rules may ask about them. */
export interface Viewer {
  readonly method: string;
  /** Names in lower case; `cookie` among them. Values are told to nobody. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** ISO 3166-1 code; null where it is not known. */
  readonly country: string | null;
  readonly ip: string;
}
