/** Which of the records of one name Route 53 answers with. */
import { canonical } from "../../../dns/canonical.ts";
import type { RecordFacts } from "./facts.ts";

/**
 * Chooses by weight: a record gets its weight's share of the answers. If all weights are 0, all records have the same chance.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 *
 * @param name in lower case, without a final dot
 * @param random at least 0 and less than 1
 * @returns undefined if the name has no record
 */
export function chosenRecord(
  name: string,
  records: readonly RecordFacts[],
  random: number,
): { readonly target: string; readonly ttlSeconds: number } | undefined {
  const own = records.filter((record) => canonical(record.name) === name);
  const sum = own.reduce((total, { weight }) => total + weight, 0);
  const share = ({ weight }: RecordFacts): number => (sum === 0 ? 1 / own.length : weight / sum);
  let rest = random;
  for (const record of own) {
    rest -= share(record);
    if (rest < 0) return record;
  }
  return own.at(-1);
}
