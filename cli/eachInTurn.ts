/** Several comparisons, one after the other: a cloud limits how many questions it answers at once. */
import { NotComparable } from "../comparison/sources/eligibility.ts";

/**
 * @param subjects each is compared, even if one before it cannot be
 * @throws NotComparable with the reasons of all, each once
 */
export async function eachInTurn<S, R>(
  subjects: readonly S[],
  compare: (subject: S) => Promise<R>,
): Promise<R[]> {
  const compared: R[] = [];
  const reasons = new Set<string>();
  for (const subject of subjects) {
    try {
      compared.push(await compare(subject));
    } catch (error) {
      if (!(error instanceof NotComparable)) throw error;
      for (const reason of error.reasons) reasons.add(reason);
    }
  }
  if (reasons.size > 0) throw new NotComparable([...reasons]);
  return compared;
}
