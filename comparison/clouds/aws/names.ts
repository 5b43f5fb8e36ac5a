/** Names that both controllers use. */
/** A predicted target group's, in the place of its ARN. Before the group exists, only its listener tells it from the Service's other groups. */
export function targetGroupId(listener: {
  readonly listenerProtocol: string;
  readonly listenerPort: number;
}): string {
  return `target group of ${listener.listenerProtocol} ${listener.listenerPort}`;
}
