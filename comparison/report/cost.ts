/** What a report says of the cost. */
import type { Cost } from "../result/comparison.ts";

/** Without prices, as of software that each cloud charges otherwise, only the notes say something: they have the units. */
export const hasPrices = ({ prices }: Pick<Cost, "prices">): boolean => prices.length > 0;
