import { DurableMap } from '../../kernel/durable-map';
import type { Journal } from '../../kernel/journal';
import type { RepositoryRecord } from './model';

/** All state of the embedded ECR: repositories by name. */
export class RepositoryStore {
  private readonly repositories: Map<string, RepositoryRecord>;

  constructor(journal: Journal) {
    this.repositories = new DurableMap(journal, 'ecr.repositories');
  }

  find(name: string): RepositoryRecord | undefined {
    return this.repositories.get(name);
  }

  all(): RepositoryRecord[] {
    return [...this.repositories.values()];
  }

  put(repository: RepositoryRecord): void {
    this.repositories.set(repository.name, repository);
  }

  remove(name: string): void {
    this.repositories.delete(name);
  }
}
