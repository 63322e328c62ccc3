fetch("https://service.example.com/");
