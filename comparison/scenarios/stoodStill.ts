/** The client itself stood still while it was to send: what it met says nothing of anybody else, and has to be measured again. */
export class StoodStill extends Error {
  override name = "StoodStill";

  constructor(seconds: number) {
    super(
      `the client itself stood still for ${seconds.toFixed(1)} s: this machine is too busy to tell what was lost`,
    );
  }
}
