enum Store {}
