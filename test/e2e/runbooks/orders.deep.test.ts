import { tryCases } from './try-cases';

tryCases('orders');
