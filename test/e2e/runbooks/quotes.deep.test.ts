import { tryCases } from './try-cases';

tryCases('quotes');
