/** Addresses that a load balancer will have because someone chose them. Only the account tells which address an allocation is. */
export function elasticAddress(allocation: string): string {
  return `the address of ${allocation}`;
}
