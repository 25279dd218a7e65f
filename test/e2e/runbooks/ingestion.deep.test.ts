import { tryCases } from './try-cases';

tryCases('ingestion');
