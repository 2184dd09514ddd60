enum Domain {}
