print("vOffice")
