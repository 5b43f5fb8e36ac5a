/** The interpreter with moto: of the lab's tools, or of the environment for who works on the emulator alone. */
export function labPython(): string {
  return process.env.LAB_PYTHON ?? "";
}
