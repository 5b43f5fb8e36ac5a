/** What can be a label of a node. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const domain = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const name = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** @param value may be empty */
export function isLabel(key: string, value: string): boolean {
  const [last = "", prefix, ...more] = key.split("/").reverse();
  return (
    more.length === 0 &&
    name.test(last) &&
    (prefix === undefined || domain.test(prefix)) &&
    (value === "" || name.test(value))
  );
}
