/** An error whose message is for people as it stands: what is wrong, and what to do. */
export class PlainReason extends Error {}
