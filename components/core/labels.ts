/** What can be a label of an object: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */

const name = /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const longestDomain = 253;

/** A name, after a DNS name and a slash if it has a prefix. */
export function isLabelKey(key: string): boolean {
  const [last = "", prefix, ...more] = key.split("/").reverse();
  return (
    more.length === 0 &&
    name.test(last) &&
    (prefix === undefined || (domain.test(prefix) && prefix.length <= longestDomain))
  );
}

/** May be empty. */
export const isLabelValue = (value: string): boolean => value === "" || name.test(value);
