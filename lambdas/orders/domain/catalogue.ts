/** The port to the products on sale. */
export interface Catalogue {
  /**
   * The price of each known product in cents; unknown products are absent. At most 50 products are asked for at once.
   */
  prices(skus: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
