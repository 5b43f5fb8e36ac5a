export declare function withLazyParts(source: string): string;
