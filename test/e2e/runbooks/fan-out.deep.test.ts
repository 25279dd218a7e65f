import { tryCases } from './try-cases';

tryCases('fan-out');
