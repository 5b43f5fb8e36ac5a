/** Ends the controller's work on a Service. The controller reports the reason in an event, and tries again later. */
export class Refused extends Error {}
