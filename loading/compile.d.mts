export declare function compile(filename: string, libraries?: Readonly<Record<string, string>>): string;
