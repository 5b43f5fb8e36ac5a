/** The name that was probably meant. */

/** Less alike names are no guess. */
const leastLikeness = 0.5;

/** @returns undefined if none of the names is alike enough */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, likeness: likeness(name, candidate) }))
    .sort((a, b) => b.likeness - a.likeness);
  return best !== undefined && best.likeness >= leastLikeness ? best.candidate : undefined;
}

/** The share of pairs of letters that both have: 0 to 1. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient */
function likeness(a: string, b: string): number {
  const [ours, theirs] = [pairsOf(a), pairsOf(b)];
  const rest = [...theirs];
  const shared = ours.filter((pair) => {
    const place = rest.indexOf(pair);
    if (place >= 0) rest.splice(place, 1);
    return place >= 0;
  });
  return (2 * shared.length) / (ours.length + theirs.length);
}

function pairsOf(name: string): string[] {
  return Array.from({ length: Math.max(0, name.length - 1) }, (_, index) => name.slice(index, index + 2));
}
