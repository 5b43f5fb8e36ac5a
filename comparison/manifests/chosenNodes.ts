/** Labels of the nodes that are assumed, where Services choose their members among the nodes. */
import { isLabelKey, isLabelValue } from "../../components/core/labels.ts";

export type LabelSet = Readonly<Record<string, string>>;

/** A label without a value stands for any value. Nodes cannot have what is no label. */
export function labelsAmong(wanted: readonly (readonly [key: string, value: string])[]): LabelSet {
  return Object.fromEntries(wanted.filter(([key, value]) => isLabelKey(key) && isLabelValue(value)));
}

export function distinctSets(sets: readonly LabelSet[]): readonly LabelSet[] {
  return [...new Map(sets.map((set) => [JSON.stringify(Object.entries(set).sort()), set])).values()];
}

/**
 * The labels of each node. Where Services choose other nodes than each other, which nodes have a label is not known: then one node lacks what a Service asks for, and another node
 * what the next one asks for, so that they have other members.
 * @param all what each Service asks for
 */
export function chosenLabels(all: readonly LabelSet[]): (node: number) => Record<string, string> {
  const sets = distinctSets(all);
  const wanted = sets.filter((set) => Object.keys(set).length > 0);
  return (node) =>
    Object.assign({}, ...wanted.filter((_, index) => sets.length === 1 || index !== node)) as Record<
      string,
      string
    >;
}
