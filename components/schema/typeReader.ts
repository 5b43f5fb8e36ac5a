/** Reads TypeScript's types as those of a Pulumi schema. */
import ts from "typescript";
import type { NamedTypeSpec, ObjectSpec, PropertySpec, TypeSpec } from "../aws/provider/schema.ts";
import { resourceReference } from "./resourceReference.ts";

/** Where a type stands, for the names of types that have none and for errors. */
interface Place {
  /** The type, or the component, that has the property. */
  readonly owner: string;
  readonly property: string;
  /** Whether it is what a component offers, and not an argument. */
  readonly isOffered: boolean;
}

export class TypeReader {
  readonly types: Record<string, NamedTypeSpec> = {};
  readonly #checker: ts.TypeChecker;
  readonly #package: string;
  readonly #components: ReadonlySet<string>;

  constructor(checker: ts.TypeChecker, packageName: string, components: readonly string[]) {
    this.#checker = checker;
    this.#package = packageName;
    this.#components = new Set(components);
  }

  /** The properties of an object type, without those that no value can have. */
  objectSpec(type: ts.Type, owner: string): ObjectSpec {
    return this.#specOfEach(type.getProperties(), { owner, isOffered: false });
  }

  /** What a component offers: these properties. */
  offered(symbols: readonly ts.Symbol[], owner: string): ObjectSpec {
    return this.#specOfEach(symbols, { owner, isOffered: true });
  }

  #specOfEach(symbols: readonly ts.Symbol[], place: Omit<Place, "property">): ObjectSpec {
    const known = symbols
      .map((symbol) => ({ symbol, type: this.#checker.getTypeOfSymbol(symbol) }))
      .filter(({ type }) => (this.#checker.getNonNullableType(type).flags & ts.TypeFlags.Never) === 0);
    const entries = known.map(({ symbol, type }): [string, PropertySpec] => {
      const description = descriptionOf(symbol, this.#checker);
      return [
        symbol.name,
        {
          ...this.#spec(type, { ...place, property: symbol.name }),
          ...(description === "" ? {} : { description }),
        },
      ];
    });
    const required = known
      .filter(({ symbol, type }) => !isOptional(symbol, type))
      .map(({ symbol }) => symbol.name);
    return { properties: Object.fromEntries(entries), ...(required.length === 0 ? {} : { required }) };
  }

  #spec(given: ts.Type, place: Place): TypeSpec {
    const type = this.#checker.getNonNullableType(given);
    const inside = this.#insideOutput(type);
    const spec = this.#bareSpec(inside ?? type, place);
    return inside === undefined && !place.isOffered ? { ...spec, plain: true } : spec;
  }

  /** What an `Input` or an `Output` is of. */
  #insideOutput(type: ts.Type): ts.Type | undefined {
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    const output = parts.find(({ symbol }) => (symbol as ts.Symbol | undefined)?.name === "OutputInstance");
    return output === undefined ? undefined : this.#checker.getTypeArguments(output as ts.TypeReference)[0];
  }

  #bareSpec(type: ts.Type, place: Place): TypeSpec {
    const { flags } = type;
    if (flags & ts.TypeFlags.String) return { type: "string" };
    // Every number among the arguments counts or numbers something: ports, seconds, targets, per cent.
    if (flags & ts.TypeFlags.Number) return { type: "integer" };
    if (flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
    if (type.isStringLiteral()) return this.#enumeration([type], type, place);
    if (type.isUnion()) return this.#union(type, place);
    const isList = this.#checker.isArrayType(type) || this.#checker.isTupleType(type);
    const item = isList ? this.#checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
    if (item !== undefined) return { type: "array", items: this.#spec(item, place) };
    const value = type.getStringIndexType();
    if (value !== undefined) return { type: "object", additionalProperties: this.#spec(value, place) };
    const resource = resourceReference(type);
    if (resource !== undefined) return { $ref: resource };
    if (flags & ts.TypeFlags.Object) return this.#named([type], nameOf(type) ?? capital(place.property));
    throw new Error(
      `${place.owner}.${place.property}: no type of a schema for ${this.#checker.typeToString(type)}`,
    );
  }

  #union(type: ts.UnionType, place: Place): TypeSpec {
    const isLiteral = (each: ts.Type): each is ts.StringLiteralType => each.isStringLiteral();
    const isBoolean = (each: ts.Type): boolean => (each.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const isNamed = (each: ts.Type): boolean =>
      (each.flags & ts.TypeFlags.Object) !== 0 &&
      !this.#checker.isArrayType(each) &&
      each.getStringIndexType() === undefined;
    const literals = type.types.filter(isLiteral);
    const objects = type.types.filter(isNamed);
    const others = type.types.filter((each) => !isLiteral(each) && !isBoolean(each) && !isNamed(each));
    const specs = [
      ...(type.types.some(isBoolean) ? [{ type: "boolean" as const }] : []),
      ...(literals.length === 0 ? [] : [this.#enumeration(literals, type, place)]),
      ...others.map((each) => this.#bareSpec(each, place)),
      ...(objects.length === 0 ? [] : [this.#named(objects, this.#nameOfUnion(objects, place))]),
    ];
    const [only] = specs;
    if (only !== undefined && specs.length === 1) return only;
    return { oneOf: place.isOffered ? specs : specs.map((spec) => ({ ...spec, plain: true })) };
  }

  #nameOfUnion(objects: readonly ts.Type[], { property }: Place): string {
    const [only] = objects;
    return objects.length === 1 && only !== undefined
      ? (nameOf(only) ?? capital(property))
      : capital(property);
  }

  /** An object type by its name. Several that exclude each other become one: schemas have no such unions, and the components check what goes together. */
  #named(types: readonly ts.Type[], name: string): TypeSpec {
    const token = `${this.#package}:index:${name}`;
    const isNew = this.types[token] === undefined;
    if (isNew) {
      this.types[token] = { type: "object", properties: {} };
      const specs = types.map((type) => this.objectSpec(type, name));
      const description = types.length === 1 ? descriptionOf(types[0]?.getSymbol(), this.#checker) : "";
      this.types[token] = {
        type: "object",
        ...(description === "" ? {} : { description }),
        ...this.#merged(specs),
      };
    }
    return { $ref: `#/types/${token}` };
  }

  #merged(specs: readonly ObjectSpec[]): ObjectSpec {
    const [first = { properties: {} }, ...others] = specs;
    return others.reduce<ObjectSpec>((all, spec) => {
      const required = (all.required ?? []).filter((name) => spec.required?.includes(name));
      const properties = { ...spec.properties, ...all.properties };
      for (const [name, { $ref }] of Object.entries(spec.properties)) {
        const here = all.properties[name]?.$ref;
        // Two enumerations of one property allow the values of both.
        if (here !== undefined && $ref !== undefined && here !== $ref) this.#extend(here, $ref);
      }
      return { properties, ...(required.length === 0 ? {} : { required }) };
    }, first);
  }

  #extend(reference: string, other: string): void {
    const [token, taken] = [reference, other].map((each) => each.replace("#/types/", ""));
    const one = this.types[token ?? ""];
    const two = this.types[taken ?? ""];
    if (token === undefined || taken === undefined || one?.enum === undefined || two?.enum === undefined)
      throw new Error(`${reference} and ${other} are no enumerations`);
    this.types[token] = { ...one, enum: [...one.enum, ...two.enum] };
    Reflect.deleteProperty(this.types, taken);
  }

  #enumeration(literals: readonly ts.StringLiteralType[], type: ts.Type, place: Place): TypeSpec {
    const values = literals.map(({ value }) => value).sort();
    const members = values.map((value) => ({ name: memberName(value), value }));
    const ofOwner = `${place.owner}${capital(place.property)}`;
    const names = [
      type.aliasSymbol?.name,
      this.#components.has(place.owner) ? capital(place.property) : ofOwner,
    ];
    const isFree = (name: string): boolean => {
      const there = this.types[`${this.#package}:index:${name}`];
      return there === undefined || JSON.stringify(there.enum) === JSON.stringify(members);
    };
    // The values of one property of several types that exclude each other.
    const longest = `${ofOwner}${members.map((each) => each.name).join("")}`;
    const name = names.find((each) => each !== undefined && isFree(each)) ?? longest;
    const token = `${this.#package}:index:${name}`;
    this.types[token] = { type: "string", properties: {}, enum: members };
    return { $ref: `#/types/${token}` };
  }
}

const isOptional = (symbol: ts.Symbol, type: ts.Type): boolean =>
  (symbol.flags & ts.SymbolFlags.Optional) !== 0 ||
  (type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined));

/** Undefined if it is written where it is used. */
function nameOf(type: ts.Type): string | undefined {
  const alias = type.aliasTypeArguments?.[0]?.symbol;
  const name = alias?.name ?? type.getSymbol()?.name;
  return name === undefined || name.startsWith("__") ? undefined : name;
}

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** `internet-facing` is called InternetFacing. */
const memberName = (value: string): string =>
  value
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join("");

/** The documentation, with the default after it. Examples are in TypeScript, so they are left out. */
export function descriptionOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  if (symbol === undefined) return "";
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const [prose = ""] = text.split("```");
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "default");
  const byDefault = tag === undefined ? [] : [`Default: ${ts.displayPartsToString(tag.text)}`];
  return [prose, ...byDefault]
    .map((each) => each.replaceAll(/\{@link (\w+)\}/g, "`$1`").trim())
    .filter((each) => each !== "")
    .join("\n\n");
}
