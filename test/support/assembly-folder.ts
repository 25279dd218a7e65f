/** Where the tests' synthesized assembly lies, from the root of the repository; made by the global setup. */
export const ASSEMBLY_FOLDER = '.local/test/cdk.out';
