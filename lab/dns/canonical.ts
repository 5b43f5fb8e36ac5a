/** Names of DNS are compared without regard to case and to the final dot. RFC 4343 */
export const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, "");
