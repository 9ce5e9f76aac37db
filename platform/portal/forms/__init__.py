"""Forms of the portal: the shape of what is sent; services say what will not do."""
