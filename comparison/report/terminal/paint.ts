/** Colour on a terminal, if it is wanted. */
import { styleText } from "node:util";

export type Format = "green" | "red" | "yellow" | "dim" | "bold";
export type Paint = (format: Format, text: string) => string;

export function paintWith(colour: boolean): Paint {
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
}
