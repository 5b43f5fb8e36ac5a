/** What the client's program reads and prints: one line of JSON each. */
import type { Load, Sample } from "./load.ts";
import type { TlsAnswer, TlsQuestion } from "./tls.ts";

/** Ids are the caller's, and unique. */
export type Order =
  | { readonly kind: "send"; readonly id: number; readonly loads: readonly Load[] }
  /** Ends the loads that `send` began under this id. */
  | { readonly kind: "stop"; readonly id: number }
  | { readonly kind: "resolve"; readonly id: number; readonly host: string }
  | { readonly kind: "ask by TLS"; readonly id: number; readonly question: TlsQuestion };

/** Of the order with this id. */
export type Said =
  /** The loads begin. */
  | { readonly kind: "sending"; readonly id: number }
  | { readonly kind: "sample"; readonly id: number; readonly sample: Sample }
  | { readonly kind: "ended"; readonly id: number }
  /** None if there is no such name. */
  | { readonly kind: "resolved"; readonly id: number; readonly addresses: readonly string[] }
  | { readonly kind: "unresolved"; readonly id: number; readonly reason: string }
  | { readonly kind: "answered by TLS"; readonly id: number; readonly answer: TlsAnswer }
  | { readonly kind: "not answered"; readonly id: number; readonly reason: string };
