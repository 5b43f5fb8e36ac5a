/** What ends the controller's work on a Service, with the reason: it then says so in an event, and tries again later. */
export class Refused extends Error {}
