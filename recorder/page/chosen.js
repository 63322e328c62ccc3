// The place of the option that a list shows as chosen; null where none is.
const [list] = arguments;
return list.selectedIndex < 0 ? null : list.selectedIndex;
