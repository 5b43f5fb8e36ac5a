/**
 * An error whose message is for people as it stands: what is wrong, and what to do. It is recognised by its name: a cloud's code is loaded when it is
 * needed, and a test runner may load a second copy of this class with it.
 */
export class PlainReason extends Error {
  override readonly name = "PlainReason";

  static is(error: Error): boolean {
    return error.name === "PlainReason";
  }
}
