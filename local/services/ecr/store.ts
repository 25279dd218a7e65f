import type { RepositoryRecord } from './model';

/** All state of the embedded ECR: repositories by name. */
export class RepositoryStore {
  private readonly repositories: Record<string, RepositoryRecord> = {};

  find(name: string): RepositoryRecord | undefined {
    return Object.hasOwn(this.repositories, name) ? this.repositories[name] : undefined;
  }

  all(): RepositoryRecord[] {
    return Object.values(this.repositories);
  }

  put(repository: RepositoryRecord): void {
    this.repositories[repository.name] = repository;
  }

  remove(name: string): void {
    delete this.repositories[name];
  }
}
