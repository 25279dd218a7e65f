import { tryCases } from './try-cases';

tryCases('approvals');
