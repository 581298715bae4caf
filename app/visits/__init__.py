"""The record made at the door: visits, absences, vitals, and the corrections made to them."""
