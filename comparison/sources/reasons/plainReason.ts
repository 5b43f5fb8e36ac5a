/**
 * An error whose message needs no explanation: it says what is wrong, and what to do. It is recognised by its name, because a cloud's code is loaded lazily
 * and a test runner may then load a second copy of this class.
 */
export class PlainReason extends Error {
  override readonly name = "PlainReason";

  static is(error: Error): boolean {
    return error.name === "PlainReason";
  }
}
