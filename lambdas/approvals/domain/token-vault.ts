/** The port that keeps task tokens: who may only encrypt cannot read what it has written. */
export interface TokenVault {
  /** The token as ciphertext in base64, bound to its request. */
  seal(token: string, requestId: string): Promise<string>;
  /** The token again; rejects when the ciphertext belongs to another request. */
  open(ciphertext: string, requestId: string): Promise<string>;
}
